import type { Risk } from '../review/types.js';

/** Action names of a risk that `--detail services` keeps. */
const FEW_ACTIONS = 20;

/** A risk with a short list of actions, and how many more there are. */
export const shortRisk = (risk: Risk): Risk & { readonly actionsLeftOut?: number } =>
  risk.actions.length <= FEW_ACTIONS
    ? risk
    : {
        ...risk,
        actions: risk.actions.slice(0, FEW_ACTIONS),
        actionsLeftOut: risk.actions.length - FEW_ACTIONS,
      };
