import type { RecordingVerdict } from '../review/recording/account.js';

/** In place of the number of events of a kind, where no number tells whether the trail records it. */
export const RECORDING_VERDICTS: Readonly<Partial<Record<RecordingVerdict, string>>> = {
  stated: 'stated in the configuration',
  assumed: 'too few events to tell',
  'not-seen': '',
  excluded: 'stated in the configuration',
};
