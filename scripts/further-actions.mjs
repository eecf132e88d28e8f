/**
 * Writes data/catalog/further-actions.json: API operation -> further IAM actions of a call, and the request
 * parameter that shows each. Run it by hand and review the diff:
 *
 *     pip download --no-deps botocore && unzip -q botocore-*.whl
 *     node scripts/further-actions.mjs REFERENCE botocore DATE > data/catalog/further-actions.json
 *
 * REFERENCE is a folder with the files of AWS's Service Reference
 * (https://servicereference.us-east-1.amazonaws.com, one JSON file per service, at any depth), or one JSON file
 * {"operations": {"service:Operation": ["service:Action"]}} with the same facts. Only the folder says to which
 * service a role is passed. `botocore` has AWS's service models, which name the request parameters. DATE
 * (YYYY-MM-DD) is the day on which the reference was downloaded.
 *
 * Further actions are Operations[].AuthorizedActions of the reference without the action of the operation's own
 * name. further-actions/known.mjs has what neither source says.
 */
import { argv, exit, stderr, stdout } from 'node:process';
import { furtherActions } from './further-actions/derive.mjs';
import { REASONS } from './further-actions/known.mjs';
import { createModels } from './further-actions/models.mjs';
import { readReference } from './further-actions/reference.mjs';
import { groupByService } from './further-actions/group.mjs';

const [, , reference, botocore, date] = argv;
if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
  stderr.write('usage: node scripts/further-actions.mjs REFERENCE BOTOCORE YYYY-MM-DD\n');
  exit(2);
}
const operations = readReference(reference);
const models = createModels(botocore);
const table = {
  source: `AWS Service Reference, Operations[].AuthorizedActions; botocore ${models.version} service models`,
  date,
  reasons: REASONS,
  services: groupByService(furtherActions(operations, models)),
};
stdout.write(
  `${JSON.stringify(table, undefined, 0).replaceAll('},{', '},\n{').replaceAll(':[{', ':[\n{')}\n`,
);
