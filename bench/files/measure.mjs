import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const TICKS = 100;

/**
 * Runs a command.
 * @returns {Promise<{seconds: number, cpu: number, peakMb: number, output: string}>} wall time; CPU seconds of all
 * threads and children, which matter more on a busy machine; peak memory (RSS of all processes, sampled every 50
 * ms)
 */
export function measure(command, args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const cpuBefore = childrenCpu();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let peakMb = 0;
    const timer = setInterval(() => {
      peakMb = Math.max(peakMb, treeMb(child.pid));
    }, 50);
    child.stdout.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - begin) / 1000;
      if (code === 0) resolve({ seconds, cpu: childrenCpu() - cpuBefore, peakMb, output });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** Linux: resident memory of a process and its descendants in MB. */
function treeMb(root) {
  const kb = new Map();
  const parents = new Map();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parents.set(pid, /^PPid:\s+(\d+)/m.exec(status)?.[1]);
      kb.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // The process has ended meanwhile.
    }
  }
  const inTree = (pid) => pid !== undefined && (pid === String(root) || inTree(parents.get(pid)));
  let sum = 0;
  for (const [pid, size] of kb) if (inTree(pid)) sum += size;
  return sum / 1024;
}

/** CPU seconds of ended children (proc(5): cutime, cstime). */
function childrenCpu() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
