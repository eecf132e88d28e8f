import { describe, expect, it } from 'vitest';
import {
  isAggregated,
  isApiCall,
  isDataEvent,
  isInsight,
  isNetworkCopy,
  outcomeOf,
  recordedIn,
  startsSession,
} from '../../../src/trail/rules.js';

const ofCall = (errorCode: string | null): string =>
  outcomeOf({ errorCode, eventSource: 's3.amazonaws.com', signIn: null });
const ofSignIn = (signIn: string | null, errorCode: string | null = null): string =>
  outcomeOf({ errorCode, eventSource: 'signin.amazonaws.com', signIn });

describe('the outcome of a call (CloudTrail record contents: errorCode)', () => {
  it.each([null, ''])('with errorCode %j is a success', (code) => {
    expect(ofCall(code)).toBe('succeeded');
  });
  it.each([
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'Client.UnauthorizedOperation',
    'Client.UnauthorizedAccess',
    'UnauthorizedException',
    'AuthorizationError',
    'NotAuthorizedException',
    'KMS.AccessDeniedException',
    'VpceAccessDenied',
  ])('with %s is a denial', (code) => {
    expect(ofCall(code)).toBe('denied');
  });
  it.each([
    'AuthFailure',
    'ExpiredToken',
    'Client.VcpuLimitExceeded',
    'NoSuchBucketPolicy',
    'InvalidAccessException',
    // Lambda API Reference, CreateFunction: the function's role lacks the permission, not the caller.
    'KMSAccessDeniedException',
    'EC2AccessDeniedException',
  ])('with %s is a failure, permission unproven', (code) => {
    expect(ofCall(code)).toBe('failed');
  });
});

describe('the outcome of a sign-in (AWS Management Console sign-in events)', () => {
  it.each<[string | null, string | null, string]>([
    ['Success', null, 'succeeded'],
    [null, null, 'succeeded'],
    ['Failure', null, 'failed'],
    // As Elastic's shippers write it into event.outcome.
    ['failure', null, 'failed'],
    ['Failure', 'AccessDenied', 'denied'],
  ])('with the answer %j and errorCode %j is %s', (answer, errorCode, outcome) => {
    expect(ofSignIn(answer, errorCode)).toBe(outcome);
  });
  it('is read of sign-in events only', () => {
    expect(outcomeOf({ errorCode: null, eventSource: 's3.amazonaws.com', signIn: 'Failure' })).toBe(
      'succeeded',
    );
  });
});

describe('kinds of records', () => {
  it.each<[string | null, boolean]>([
    [null, true],
    ['AwsApiCall', true],
    ['AwsConsoleAction', true],
    ['AwsVpceEvent', true],
    ['AwsServiceEvent', false],
    ['AwsConsoleSignIn', false],
    ['AwsConsoleSignin', false],
    ['awsconsolesignin', false],
  ])('eventType %j: API call %j', (type, expected) => {
    expect(isApiCall(type)).toBe(expected);
  });

  it.each<[unknown, unknown, boolean]>([
    ['Insight', 'AwsCloudTrailInsight', true],
    [undefined, 'AwsCloudTrailInsight', true],
    [null, 'AwsCloudTrailInsight', true],
    ['insight', null, true],
    ['Management', 'AwsCloudTrailInsight', false],
    ['Management', 'AwsApiCall', false],
    [undefined, undefined, false],
  ])('eventCategory %j, eventType %j: Insights event %j', (category, type, expected) => {
    expect(isInsight(category, type)).toBe(expected);
  });

  it.each<[string | null, string | null, unknown, boolean]>([
    ['Data', 'AwsApiCall', false, true],
    ['Data', 'AwsApiCall', undefined, true],
    [null, 'AwsApiCall', false, true],
    [null, 'AwsApiCall', 'false', true],
    [null, 'AwsApiCall', true, false],
    [null, 'AwsApiCall', undefined, false],
    ['Management', 'AwsApiCall', true, false],
    ['NetworkActivity', 'AwsVpceEvent', false, false],
    [null, 'AwsVpceEvent', false, false],
  ])(
    'eventCategory %j, eventType %j, managementEvent %j: data event %j',
    (category, type, managed, expected) => {
      expect(isDataEvent(category, type, managed)).toBe(expected);
    },
  );

  // Logging network activity events: what the endpoint's policy denied did not reach the service.
  it.each<[string | null, string | null, boolean]>([
    ['AwsVpceEvent', null, true],
    ['AwsVpceEvents', null, true],
    ['AwsVpceEvent', 'ThrottlingException', true],
    ['AwsVpceEvent', 'VpceAccessDenied', false],
    ['AwsApiCall', null, false],
    [null, null, false],
  ])('eventType %j, errorCode %j: another event reports the call %j', (eventType, errorCode, expected) => {
    expect(isNetworkCopy({ eventType, errorCode })).toBe(expected);
  });

  it('summaries of data events are no events', () => {
    expect(isAggregated('Aggregated')).toBe(true);
    expect(isAggregated('Data')).toBe(false);
    expect(isAggregated(undefined)).toBe(false);
  });

  it.each<[string, string, boolean]>([
    ['sts.amazonaws.com', 'AssumeRole', true],
    ['sts.amazonaws.com', 'AssumeRoleWithSAML', true],
    ['sts.amazonaws.com', 'AssumeRoleWithWebIdentity', true],
    ['sts.amazonaws.com', 'assumerole', true],
    ['sts.amazonaws.com.cn', 'AssumeRole', true],
    ['sts', 'AssumeRole', true],
    ['sts.amazonaws.com', 'GetSessionToken', false],
    ['signin.amazonaws.com', 'AssumeRole', false],
  ])('%s %s: starts a session %j', (source, name, expected) => {
    expect(startsSession(source, name)).toBe(expected);
  });

  it.each<[string | null, string | null, string | null]>([
    ['111111111111', '222222222222', '111111111111'],
    [null, '222222222222', '222222222222'],
    [null, null, null],
  ])('recipientAccountId %j, account of the caller %j: recorded in %j', (recipient, caller, expected) => {
    expect(recordedIn(recipient, caller)).toBe(expected);
  });
});
