import { valueAt } from '../../base/checked.js';
import { plural } from '../../base/plural.js';
import { compareText } from '../../base/compare.js';
import type { AssumptionReview } from '../../review/types.js';
import type { AccountPairs } from './overview-collector.js';
import { template } from './templates.js';
import { ROLE_ASSUMPTION_TEXTS as TEXTS } from '../../wording/pages.js';

const fillGraph = template('graph');

/** With more lines, too many cross: accounts are drawn instead of users and roles. */
const MAX_EDGES = 60;
const ROW = 22;
const [WIDTH, LEFT, RIGHT] = [860, 320, 540];

interface Node {
  readonly label: string;
  readonly group: string;
}
interface Edge {
  readonly from: Node;
  readonly to: Node;
  readonly style: 'used' | 'unused' | 'ungranted';
  readonly title: string;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Diagram of who can assume which role, and who did; '' without pairs. */
export function assumptionGraph(
  pairs: readonly AssumptionReview[],
  total: number,
  accounts: ReadonlyMap<string, AccountPairs>,
  nameOf: (accountId: string) => string,
): string {
  if (total === 0) return '';
  return total <= MAX_EDGES
    ? draw(
        'user',
        pairs.map((pair) => principalEdge(pair, nameOf)),
        plural(total, 'pair'),
      )
    : draw('account', accountEdges(accounts, nameOf), TEXTS.byAccount(plural(total, 'pair')));
}

function principalEdge(a: AssumptionReview, nameOf: (id: string) => string): Edge {
  const style = !a.assumed ? 'unused' : a.allowed === 'no' ? 'ungranted' : 'used';
  return {
    from: { label: a.sourceName, group: nameOf(a.sourceAccountId) },
    to: { label: a.roleName, group: nameOf(a.roleAccountId) },
    style,
    title: `${short(a.sourceName)} → ${short(a.roleName)}: ${a.assumed ? plural(a.sessions, 'session') : TEXTS.notUsed}`,
  };
}

const pairsOf = ({ used, unused, unknown }: AccountPairs): number => used + unused + unknown;

/** Pairs of accounts with the most pairs of principals. */
function accountEdges(accounts: ReadonlyMap<string, AccountPairs>, nameOf: (id: string) => string): Edge[] {
  return [...accounts.values()]
    .sort((a, b) => pairsOf(b) - pairsOf(a) || compareText(a.from + a.to, b.from + b.to))
    .slice(0, MAX_EDGES)
    .map(({ from, to, used, ...rest }) => ({
      from: { label: nameOf(from), group: '' },
      to: { label: nameOf(to), group: '' },
      style: used > 0 ? 'used' : 'unused',
      title: TEXTS.accountEdge(short(nameOf(from)), short(nameOf(to)), used, rest.unused + rest.unknown),
    }));
}

/** Nodes of one side from top to bottom, grouped by account. */
function column(nodes: readonly Node[]) {
  const key = (node: Node): string => `${node.group}\n${node.label}`;
  const sorted = [...new Map(nodes.map((node) => [key(node), node])).values()].sort((a, b) =>
    compareText(key(a), key(b)),
  );
  const places = new Map<string, number>();
  const texts: { readonly y: number; readonly label: string; readonly heading: boolean }[] = [];
  let y = 16;
  let group = '';
  for (const node of sorted) {
    if (node.group !== group) {
      if (group !== '') y += ROW / 3;
      texts.push({ y, label: short(node.group), heading: true });
      group = node.group;
      y += ROW;
    }
    places.set(key(node), y);
    texts.push({ y, label: short(node.label), heading: false });
    y += ROW;
  }
  return { texts, height: y, yOf: (node: Node): number => valueAt(places, key(node)) - 4 };
}

function draw(kind: 'user' | 'account', edges: readonly Edge[], what: string): string {
  const left = column(edges.map(({ from }) => from));
  const right = column(edges.map(({ to }) => to));
  const middle = (LEFT + RIGHT) / 2;
  return fillGraph({
    width: WIDTH,
    height: Math.max(left.height, right.height),
    what,
    sides: kind === 'user' ? TEXTS.principalSides : TEXTS.accountSides,
    left: left.texts.map((text) => ({ ...text, x: LEFT - 10 })),
    right: right.texts.map((text) => ({ ...text, x: RIGHT + 10 })),
    edges: edges.map(({ from, to, style, title }) => {
      const [a, b] = [left.yOf(from), right.yOf(to)];
      return { style, title, path: `M${LEFT} ${a}C${middle} ${a} ${middle} ${b} ${RIGHT} ${b}` };
    }),
  });
}
