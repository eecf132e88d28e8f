/** Answer from configuration: `maybe` depends on the request (time, address, MFA, external ID, session name, …). */
export type Tri = 'yes' | 'maybe' | 'no';

/** `yes` for an empty list. */
export function all(answers: readonly Tri[]): Tri {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

/** `no` for an empty list. */
export function any(answers: readonly Tri[]): Tri {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('maybe') ? 'maybe' : 'no';
}

export const not = (answer: Tri): Tri => (answer === 'maybe' ? 'maybe' : answer === 'yes' ? 'no' : 'yes');

export const triOf = (answer: boolean): Tri => (answer ? 'yes' : 'no');
