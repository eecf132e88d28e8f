import type { Timings } from '../commands/stopwatch.js';

export function timingLines({ stages, peakMb }: Timings): string[] {
  const width = Math.max(...stages.map(({ name }) => name.length), 'most memory'.length);
  return [
    ...stages.map(({ name, seconds }) => `${name.padEnd(width)}  ${seconds.toFixed(2).padStart(8)} s`),
    `${'most memory'.padEnd(width)}  ${Math.round(peakMb).toString().padStart(8)} MB`,
  ];
}
