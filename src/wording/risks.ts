import type { RiskTag } from '../review/types.js';

/** The name of each risk, a short one for tags, and what its actions can do. */
export const RISKS: Readonly<
  Record<RiskTag, { readonly title: string; readonly short: string; readonly meaning: string }>
> = {
  'privilege-escalation': {
    title: 'Privilege escalation',
    short: 'escalation',
    meaning:
      'Together, these actions let a principal extend its own permissions, up to those of an administrator.',
  },
  'credential-exposure': {
    title: 'Credential exposure',
    short: 'credentials',
    meaning: 'These actions return passwords, keys or tokens that someone else can use to sign in.',
  },
  'data-exfiltration': {
    title: 'Data exfiltration',
    short: 'data',
    meaning: 'These actions read stored data or copy it elsewhere.',
  },
  'resource-exposure': {
    title: 'Resource exposure',
    short: 'exposure',
    meaning: 'These actions change who can access a resource, up to other accounts or everyone.',
  },
  'infrastructure-modification': {
    title: 'Infrastructure modification',
    short: 'infrastructure',
    meaning: 'These actions create, change or delete the infrastructure that workloads run on.',
  },
};
