import type { Risk } from '../review/types.js';

/** Number of action names of a risk with `--detail services`. */
const FEW_ACTIONS = 20;

/** A risk with a short list of actions, and the number of others. */
export const shortRisk = (risk: Risk): Risk & { readonly actionsLeftOut?: number } =>
  risk.actions.length <= FEW_ACTIONS
    ? risk
    : {
        ...risk,
        actions: risk.actions.slice(0, FEW_ACTIONS),
        actionsLeftOut: risk.actions.length - FEW_ACTIONS,
      };
