import { DEMO } from './people.mjs';
import { stream } from './random.mjs';

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
export const AGENTS = {
  cli: 'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7',
  console: BROWSER,
  sdk: 'aws-sdk-js/3.896.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#22.20.0',
  agent: 'aws-sdk-go/1.55.5 (go1.24.6; linux; amd64) amazon-ssm-agent/3.3.2746.0',
  github: 'aws-sdk-nodejs/2.1692.0 linux/v20.19.4 configure-aws-credentials-for-github-actions',
};

const READ_ONLY = /^(BatchGet|Describe|Get|Head|List|Lookup|Query|Receive|Scan|Simulate|Generate|Search)/;
const DATA_EVENTS = new Set([
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:HeadObject',
  's3:ListObjects',
]);

/** Calls on objects: a trail records them only if configured. @param {string} call */
export const isDataEvent = (call) => DATA_EVENTS.has(call);

/** Milliseconds of an ISO 8601 time. @param {string} time */
const at = (time) => Date.parse(time);
/** @param {number} ms */
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
/** @param {string} time @param {number} seconds */
export const after = (time, seconds) => iso(at(time) + seconds * 1000);

/**
 * Collects CloudTrail records. A caller is `{identity, account, ip, agent}`; calls are `service:EventName`, with
 * the name of the event and the first part of its source.
 */
export class Trail {
  /** @type {any[]} */
  records = [];
  #random = stream('records');

  /**
   * @param {any} caller
   * @param {string} time
   * @param {string} call
   * @param {{request?: any, response?: any, error?: [string, string?], account?: string, extra?: any}} options
   */
  call(caller, time, call, { request = null, response = null, error, account, extra } = {}) {
    const [service, eventName] = call.split(':');
    const data = isDataEvent(call);
    const record = {
      eventVersion: '1.11',
      userIdentity: caller.identity,
      eventTime: time,
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: 'us-east-1',
      sourceIPAddress: caller.ip,
      userAgent: caller.agent,
      ...(error && {
        errorCode: error[0],
        errorMessage: error[1] ?? `${error[0]} when calling ${eventName}`,
      }),
      requestParameters: request,
      responseElements: response,
      requestID: this.#random.uuid(),
      eventID: this.#random.uuid(),
      readOnly: READ_ONLY.test(eventName),
      eventType: 'AwsApiCall',
      managementEvent: !data,
      recipientAccountId: account ?? caller.account,
      eventCategory: data ? 'Data' : 'Management',
      ...extra,
    };
    this.records.push(record);
    return record;
  }

  /** A user with a long-lived access key. @param {any} user @param {string} ip @param {string} agent */
  user(user, ip, agent = AGENTS.cli) {
    const identity = {
      type: 'IAMUser',
      principalId: user.id,
      arn: user.arn,
      accountId: user.account,
      accessKeyId: stream(`key ${user.arn} ${user.id}`).iamId('AKIA'),
      userName: user.name,
    };
    return { identity, account: user.account, ip, agent };
  }

  /** A role session as its calls show it. @param {any} role @param {any} session */
  session(role, { name, key, created, ip, agent }) {
    const identity = {
      type: 'AssumedRole',
      principalId: `${role.id}:${name}`,
      arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
      accountId: role.account,
      accessKeyId: key,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: role.id,
          arn: role.arn,
          accountId: role.account,
          userName: role.name,
        },
        attributes: { creationDate: created, mfaAuthenticated: 'false' },
      },
    };
    return { identity, account: role.account, ip, agent };
  }

  #credentials(role, name) {
    const key = this.#random.iamId('ASIA');
    const response = {
      credentials: {
        accessKeyId: key,
        sessionToken: this.#random.text('ABCDEFGHIJKLMNOPabcdefghijklmnop0123456789+/', 24) + '==',
        expiration: 'in an hour',
      },
      assumedRoleUser: {
        assumedRoleId: `${role.id}:${name}`,
        arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
      },
    };
    return { key, response };
  }

  /**
   * A user or a role session starts a session. Across accounts both trails get a copy, with one sharedEventID; the
   * copy in the role's account does not name the caller (CloudTrail user guide: userIdentity element, AWSAccount).
   * @param {any} caller @param {string} time @param {any} role @param {string} name
   */
  assume(caller, time, role, name) {
    const { key, response } = this.#credentials(role, name);
    const across = caller.account !== role.account;
    const extra = across ? { sharedEventID: this.#random.uuid() } : {};
    const request = { roleArn: role.arn, roleSessionName: name, durationSeconds: 3600 };
    const record = this.call(caller, time, 'sts:AssumeRole', { request, response, extra });
    if (across) {
      const identity = {
        type: 'AWSAccount',
        principalId: caller.identity.principalId,
        accountId: caller.account,
      };
      const other = { identity, account: role.account, ip: caller.ip, agent: caller.agent };
      this.call(other, time, 'sts:AssumeRole', {
        request,
        response,
        extra: { ...extra, requestID: record.requestID },
      });
    }
    return this.session(role, { name, key, created: time, ip: caller.ip, agent: caller.agent });
  }

  /** An AWS service starts a session of a role that trusts it. @param {string} service */
  assumeByService(service, time, role, name, { ip, agent }) {
    const { key, response } = this.#credentials(role, name);
    const host = `${service}.amazonaws.com`;
    const caller = {
      identity: { type: 'AWSService', invokedBy: host },
      account: role.account,
      ip: host,
      agent: host,
    };
    const request = { roleArn: role.arn, roleSessionName: name };
    this.call(caller, time, 'sts:AssumeRole', {
      request,
      response,
      extra: { sharedEventID: this.#random.uuid() },
    });
    return this.session(role, { name, key, created: time, ip, agent });
  }

  /** A GitHub Actions job starts a session. @param {string} subject `repo:owner/name:ref:…` */
  assumeByGithub(time, role, subject, name, ip) {
    const { key, response } = this.#credentials(role, name);
    const provider = `arn:aws:iam::${role.account}:oidc-provider/token.actions.githubusercontent.com`;
    const identity = {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
    };
    const caller = { identity, account: role.account, ip, agent: AGENTS.github };
    const request = { roleArn: role.arn, roleSessionName: name, durationSeconds: 3600 };
    this.call(caller, time, 'sts:AssumeRoleWithWebIdentity', { request, response });
    return this.session(role, { name, key, created: time, ip, agent: AGENTS.github });
  }

  /** A person signs in through IAM Identity Center: the session name is the email address. @param {string} email */
  assumeBySso(time, role, email, ip) {
    const { key } = this.#credentials(role, email);
    const provider = `arn:aws:iam::${role.account}:saml-provider/AWSSSO_8f2d61c3a7e90b45_DO_NOT_DELETE`;
    const identity = {
      type: 'SAMLUser',
      principalId: `AWSSSO:${email}`,
      userName: email,
      identityProvider: provider,
    };
    const caller = { identity, account: role.account, ip, agent: AGENTS.console };
    const request = { roleArn: role.arn, principalArn: provider, roleSessionName: email };
    this.call(caller, time, 'sts:AssumeRoleWithSAML', { request });
    return this.session(role, { name: email, key, created: time, ip, agent: AGENTS.console });
  }

  /** A sign-in to the console. @param {any} identity @param {string} account */
  signIn(identity, account, time, ip) {
    const caller = { identity: { ...identity, accessKeyId: undefined }, account, ip, agent: AGENTS.console };
    this.call(caller, time, 'signin:ConsoleLogin', {
      response: { ConsoleLogin: 'Success' },
      extra: {
        additionalEventData: { MobileVersion: 'No', MFAUsed: 'Yes' },
        eventType: 'AwsConsoleSignIn',
        readOnly: false,
      },
    });
  }

  /** The account's root user. @param {string} account @param {string} ip */
  root(account = DEMO, ip = '203.0.113.10') {
    const identity = {
      type: 'Root',
      principalId: account,
      arn: `arn:aws:iam::${account}:root`,
      accountId: account,
      accessKeyId: '',
    };
    return { identity, account, ip, agent: AGENTS.console };
  }
}
