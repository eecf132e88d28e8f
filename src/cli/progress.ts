import ora from 'ora';

export interface Progress {
  readonly show: (message: string) => void;
  readonly stop: () => void;
}

/** A moving line on a terminal; else, for logs, one line per stage and every five seconds. */
export function startProgress(): Progress {
  if (!process.stderr.isTTY) return { show: plainProgress(), stop: () => undefined };
  const spinner = ora({ text: 'starting', stream: process.stderr, discardStdin: false }).start();
  return {
    show: (message) => {
      spinner.text = message;
    },
    stop: () => {
      spinner.stop();
    },
  };
}

function plainProgress(): (message: string) => void {
  let lastKind = '';
  let lastTime = 0;
  return (message) => {
    const kind = message.replace(/[\d,.]+/g, '#');
    if (kind === lastKind && Date.now() - lastTime < 5000) return;
    lastKind = kind;
    lastTime = Date.now();
    process.stderr.write(`${message}\n`);
  };
}
