import { expect, it } from 'vitest';
import { shortRisk } from '../../src/report/short-risk.js';
import type { Risk } from '../../src/review/types.js';

it('cuts only long lists of actions, and says by how many', () => {
  const risk = (length: number): Risk => ({
    tag: 'data-exfiltration',
    method: null,
    actions: Array.from({ length }, (_, i) => ({ action: `s3:Get${i}`, status: 'unused' })),
    unused: true,
    limited: false,
  });
  expect(shortRisk(risk(20))).toEqual(risk(20));
  expect(shortRisk(risk(23))).toEqual({ ...risk(20), actionsLeftOut: 3 });
});
