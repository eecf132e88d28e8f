import type { Timings } from '../commands/stopwatch.js';
import { REPORT_OUTPUT } from '../wording/cli-output.js';

export function timingLines({ stages, peakMb }: Timings): string[] {
  const width = Math.max(...stages.map(({ name }) => name.length), REPORT_OUTPUT.peakMemory.length);
  return [
    ...stages.map(({ name, seconds }) => `${name.padEnd(width)}  ${seconds.toFixed(2).padStart(8)} s`),
    `${REPORT_OUTPUT.peakMemory.padEnd(width)}  ${Math.round(peakMb).toString().padStart(8)} MB`,
  ];
}
