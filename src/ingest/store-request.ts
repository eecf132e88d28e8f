import { createCallPlans, type RequestPlan } from '../base/requests/plan.js';
import { requestReader } from '../base/requests/reader.js';
import { planId, toStored, type StoredRequest } from '../trail/stored-requests.js';

type Json = Readonly<Record<string, unknown>>;

/** Returns what a report needs from the request of a record; undefined for calls without plan, which is nearly all. */
export type StoreRequest = (record: Json) => StoredRequest | undefined;

export function requestStore(plan: RequestPlan): StoreRequest {
  const planOf = createCallPlans(plan);
  const id = planId(plan);
  return ({ eventSource, eventName, requestParameters }) => {
    const asked =
      typeof eventSource === 'string' && typeof eventName === 'string'
        ? planOf(eventSource, eventName)
        : null;
    return asked === null ? undefined : toStored(id, requestReader(asked)(requestParameters));
  };
}
