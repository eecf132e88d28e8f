/** What each form of a suggested policy allows. */
export const POLICY_FORMS = {
  cautious: 'allows what was used, and what may have been used without an event in the logs',
  strict: 'allows only what was used',
  observed: 'allows only what was used, on the resources it was used on',
} as const;

/** Beside the cautious form, which stands with the change itself. */
export const otherForm = (form: keyof typeof POLICY_FORMS): string =>
  `Alternative: the ${form} form ${POLICY_FORMS[form]}.`;
