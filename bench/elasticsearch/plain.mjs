// Bare queries for the same answers: plain HTTP, one aggregation per question over the whole index, paged to the
// end, without validation, retries, slices and search for duplicates.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

export function send(url, path, body, method = 'POST', type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers: { 'content-type': type } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const received = Buffer.concat(chunks).toString('utf8');
        if (answer.statusCode >= 400)
          reject(new Error(`${path}: ${answer.statusCode} ${received.slice(0, 500)}`));
        else resolve(JSON.parse(received));
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

const PAGE = 10_000;
const ISSUER = 'userIdentity.sessionContext.sessionIssuer';
const CALL = ['eventSource', 'eventName', 'eventType', 'errorCode'];
const ISSUED = [
  'recipientAccountId',
  `${ISSUER}.arn`,
  `${ISSUER}.principalId`,
  'userIdentity.accountId',
  ...CALL,
];
const identity = ['type', 'arn', 'principalId', 'accountId', 'invokedBy'].map(
  (name) => `userIdentity.${name}`,
);
const OTHERS = ['recipientAccountId', ...identity, ...CALL];
const has = (field) => ({ exists: { field } });
const times = { first: { min: { field: 'eventTime' } }, last: { max: { field: 'eventTime' } } };

export class Plain {
  sent = 0;
  took = 0;

  /** @param isStored whether `ingest` stored the requests beside the records */
  constructor(url, index, period, isStored) {
    this.url = url;
    this.index = index;
    this.isStored = isStored;
    this.range = { range: { eventTime: { gte: period.start, lt: period.end } } };
  }

  async search(body) {
    this.sent += 1;
    const answer = await send(this.url, `/${this.index}/_search?request_cache=false`, body);
    this.took += answer.took;
    return answer;
  }

  /** @returns number of groups */
  async groups(fields, filter, mustNot = [], aggs = times, more = []) {
    const sources = fields.map((field, i) => ({ [`f${i}`]: { terms: { field, missing_bucket: true } } }));
    sources.push(...more);
    let found = 0;
    let after;
    do {
      const composite = { size: PAGE, sources, ...(after === undefined ? {} : { after }) };
      const answer = await this.search({
        size: 0,
        query: { bool: { filter: [this.range, ...filter], must_not: mustNot } },
        aggs: { groups: { composite, ...(aggs === null ? {} : { aggs }) } },
      });
      found += answer.aggregations.groups.buckets.length;
      after = answer.aggregations.groups.after_key;
    } while (after !== undefined);
    return found;
  }

  async activity() {
    const issuer = `${ISSUER}.arn`;
    return (await this.groups(ISSUED, [has(issuer)])) + (await this.groups(OTHERS, [], [has(issuer)]));
  }

  async weeks() {
    const issuer = `${ISSUER}.arn`;
    const week = [{ week: { date_histogram: { field: 'eventTime', calendar_interval: '1w' } } }];
    const outcome = (fields) => [...fields.slice(0, -CALL.length), 'errorCode'];
    await this.groups(outcome(ISSUED), [has(issuer)], [], null, week);
    await this.groups(outcome(OTHERS), [], [has(issuer)], null, week);
  }

  async coverage() {
    const days = { date_histogram: { field: 'eventTime', fixed_interval: '1d' } };
    await this.search({
      size: 0,
      query: this.range,
      aggs: { accounts: { terms: { field: 'recipientAccountId', size: 1_000 }, aggs: { days } } },
    });
  }

  async *documents(body) {
    const sort = [{ eventTime: 'asc' }, { eventID: 'asc' }];
    let after;
    for (;;) {
      const paged = after === undefined ? {} : { search_after: after };
      const { hits } = (await this.search({ size: PAGE, sort, ...body, ...paged })).hits;
      yield* hits;
      if (hits.length < PAGE) return;
      after = hits.at(-1).sort;
    }
  }

  /** Session starts, then calls with their keys. */
  async assumptions() {
    const keys = [];
    const query = {
      bool: { filter: [this.range, { term: { eventName: 'AssumeRole' } }], must_not: [has('errorCode')] },
    };
    const fields = [
      'responseElements.credentials.accessKeyId',
      'requestParameters.roleArn',
      'userIdentity.arn',
    ];
    for await (const hit of this.documents({ query, fields, _source: false }))
      keys.push(hit.fields[fields[0]][0]);
    for (let at = 0; at < keys.length; at += PAGE)
      await this.groups(
        ['userIdentity.accessKeyId', `${ISSUER}.arn`, ...CALL],
        [{ terms: { 'userIdentity.accessKeyId': keys.slice(at, at + PAGE) } }],
      );
  }

  people() {
    return this.groups([...ISSUED, 'userIdentity.arn'], [has(`${ISSUER}.arn`)]);
  }

  /** Groups by what `ingest` stored, or reads the documents. @returns number of groups or documents */
  async requests(calls) {
    const request = 'cloudtracker.request';
    const valuesOf = (key) => [...new Set(calls.map((call) => call[key]))];
    const filter = [
      { terms: { eventSource: valuesOf('source') } },
      { terms: { eventName: valuesOf('name') } },
    ];
    if (!this.isStored) {
      const fields = [...new Set([...ISSUED, ...OTHERS])];
      const query = { bool: { filter: [this.range, ...filter] } };
      let read = 0;
      for await (const hit of this.documents({ query, fields, _source: ['requestParameters'] }))
        read += Object.keys(hit._source).length;
      return read;
    }
    await this.groups([...ISSUED, request], [...filter, has(`${ISSUER}.arn`)]);
    return this.groups([...OTHERS, request], filter, [has(`${ISSUER}.arn`)]);
  }

  /** One aggregation per resource parameter. */
  async resources(parameters) {
    for (const [source, names] of Object.entries(parameters)) {
      const fields = names.map((name) => `requestParameters.${name}`);
      const values = Object.fromEntries(fields.map((field, i) => [`p${i}`, { terms: { field, size: 21 } }]));
      const filter = [{ term: { eventSource: source } }];
      await this.groups(ISSUED.slice(0, -2), [...filter, has(`${ISSUER}.arn`)], [has('errorCode')], values);
      await this.groups(OTHERS.slice(0, -2), filter, [has(`${ISSUER}.arn`), has('errorCode')], values);
    }
  }
}

/**
 * Queries of the original CloudTracker: one per principal, and one per session. @returns milliseconds of one of
 * each
 */
export async function originalWay(plain, users, sessions) {
  const base = { filter: [plain.range], must_not: [has('errorCode')] };
  const names = { terms: { field: 'eventName', size: 5_000 } };
  const aggs = { services: { terms: { field: 'eventSource', size: 5_000 }, aggs: { names } } };
  const each = async (items, filterOf) => {
    const start = performance.now();
    for (const item of items)
      await plain.search({
        size: 0,
        query: { bool: { ...base, filter: [...base.filter, ...filterOf(item)] } },
        aggs,
      });
    return (performance.now() - start) / items.length;
  };
  const term = (field, value) => ({ term: { [field]: value } });
  return {
    principal: await each(users, ({ arn }) => [term('userIdentity.arn', arn)]),
    session: await each(sessions, ({ key, role }) => [
      term('userIdentity.accessKeyId', key),
      term(`${ISSUER}.arn`, role.arn),
    ]),
  };
}
