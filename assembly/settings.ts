/** Settings that JavaScript writes once, in this order: slots, shape and tables. */
@unmanaged
export class Settings {
  eventTime: i32;
  eventID: i32;
  /** ID of the event that the record corrects. */
  originalEventID: i32;
  accessKeyId: i32;
  issuerArn: i32;
  requestParameters: i32;
  /** The list `resources`. */
  resources: i32;
  /** ARN of an element. */
  arn: i32;
  /** Shape of an element. */
  element: usize;
  callers: usize;
  calls: usize;
  sessions: usize;
  /** Values of resource parameters. */
  values: usize;
  arns: usize;
  /** Pairs of caller and call. */
  callerCallPairs: usize;
  /** Pairs of call and caller partition; then of values and names. */
  named: usize;
  /** Pairs of a list of ARNs and its next ARN. */
  lists: usize;
}
