/** Settings that JavaScript writes once, in this order: slots, a shape and tables. */
@unmanaged
export class Settings {
  eventTime: i32;
  eventID: i32;
  /** The id of the event that the record corrects. */
  originalEventID: i32;
  accessKeyId: i32;
  issuerArn: i32;
  /** The record's list. */
  resources: i32;
  /** The ARN of an element. */
  arn: i32;
  /** The shape of an element. */
  element: usize;
  callers: usize;
  calls: usize;
  sessions: usize;
  /** Values of parameters that may name a resource. */
  values: usize;
  arns: usize;
  /** Pairs of caller and call. */
  callerCallPairs: usize;
  /** A call and the partition of a caller; then each value with the index of its name. */
  named: usize;
  /** A list of ARNs, and the next ARN. */
  lists: usize;
}
