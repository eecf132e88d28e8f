/** What JavaScript tells at the beginning, in this order: slots, a shape and tables. */
@unmanaged
export class Settings {
  eventTime: i32;
  eventID: i32;
  accessKeyId: i32;
  issuerArn: i32;
  /** Of the record: the list. */
  resources: i32;
  /** Of one of its elements. */
  arn: i32;
  /** Of an element. */
  element: usize;
  callers: usize;
  calls: usize;
  sessions: usize;
  /** Of parameters that may name a resource. */
  values: usize;
  arns: usize;
  /** Pairs of caller and call. */
  callerCallPairs: usize;
  /** A call and the partition of a caller, then each value with the number of its name. */
  named: usize;
  /** A list of ARNs, and the next one. */
  lists: usize;
}
