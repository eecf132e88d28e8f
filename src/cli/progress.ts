import { countColumns, printError, showMovingLine } from './output.js';

export interface Progress {
  readonly show: (message: string) => void;
  readonly stop: () => void;
}

/** Milliseconds between two changes of the moving line. */
const MOVING_PAUSE = 100;
/** Milliseconds between two lines about the same stage. */
const LINE_PAUSE = 5000;
/** A narrower moving line says too little. */
const MIN_COLUMNS = 20;

/** Shows progress as one moving line on a terminal, and as separate lines in a log. */
export function startProgress(): Progress {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let last = { stage: '', time: -Infinity };
  let latest = '';

  const move = (): void => {
    clearTimeout(timer);
    timer = undefined;
    last.time = performance.now();
    if (!isStopped && canMove()) showMovingLine(latest);
  };
  return {
    show: (message) => {
      if (isStopped) return;
      latest = message;
      const elapsed = performance.now() - last.time;
      if (canMove()) {
        if (elapsed >= MOVING_PAUSE) move();
        else timer ??= setTimeout(move, MOVING_PAUSE - elapsed).unref();
        return;
      }
      const stage = message.replace(/[\d,.]+/g, '#');
      if (stage === last.stage && elapsed < LINE_PAUSE) return;
      last = { stage, time: performance.now() };
      printError([message]);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      showMovingLine('');
    },
  };
}

/** Checked for each message: a terminal can be resized during the run. */
function canMove(): boolean {
  const { TERM, CI = '' } = process.env;
  return countColumns() >= MIN_COLUMNS && TERM !== 'dumb' && (CI === '' || CI === 'false');
}
