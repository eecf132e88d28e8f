// Allowed imports between files. `npm run lint:imports` checks them; the comment of each rule gives the reason.

// Layers, lowest first. A layer may import itself and the layers in its entry. Data flow: config -> iam, catalog, trail ->
// review -> report -> commands -> cli; nothing imports upward. Every layer may import base. model has the shapes of the JSON
// files; wording has the texts for people, and imports only types of the layers that it describes. ingest loads logs into
// Elasticsearch; previous reads earlier reports.
const LAYERS = {
  base: [],
  model: [],
  config: ['wording'],
  catalog: [],
  iam: ['catalog'],
  trail: ['config', 'wording'],
  wording: ['model', 'config', 'catalog', 'iam', 'trail', 'review'],
  ingest: ['config', 'trail', 'wording'],
  review: ['model', 'config', 'catalog', 'iam', 'trail'],
  previous: ['model', 'config', 'review', 'wording'],
  report: ['model', 'config', 'catalog', 'iam', 'trail', 'review', 'wording'],
  commands: [
    'model',
    'config',
    'catalog',
    'iam',
    'trail',
    'review',
    'previous',
    'report',
    'ingest',
    'wording',
  ],
  cli: ['config', 'commands', 'wording'],
};

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => {
  const others = Object.keys(LAYERS).filter(
    (other) => other !== 'base' && other !== layer && !allowed.includes(other),
  );
  return {
    name: `layer-${layer}`,
    comment: `src/${layer} may import from ${[layer, 'base', ...allowed].join(', ')} only: then a change in a layer concerns no layer below it.`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: `^src/(${[...others.map((other) => `${other}/`), 'cli[.]ts'].join('|')})` },
  };
});

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'pure',
      comment:
        'iam and review compute, and the layers around them read and write: so they can be tested without files and servers.',
      severity: 'error',
      from: { path: '^src/(iam|review)/', pathNot: '^src/iam/load[.]ts$' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|http|https|net|child_process|worker_threads)(/|$)',
      },
    },
    {
      name: 'wording-is-pure',
      comment:
        'src/wording turns facts into sentences. It takes the types of the facts and no code, so every layer above review and iam can use it, and somebody who edits sentences needs to know nothing else. review and iam return facts: they must not import it. trail and ingest pass facts to it, for errors and warnings.',
      severity: 'error',
      from: { path: '^src/wording/' },
      to: { pathNot: '^src/(wording|base)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'data-files-need-no-pages',
      comment:
        'CSV, JSON, SARIF and policy files must not depend on templates. What they share with pages is in src/report itself (paths.ts) or in src/base.',
      severity: 'error',
      from: { path: '^src/report/(csv|findings|json|policies)/' },
      to: { path: '^src/report/site/', reachable: true },
    },
    {
      name: 'log-files-know-no-reader',
      comment:
        'Log files are listed, read and unwrapped in one place, for the files engine, for ingest and for digest files: it must not depend on any of them.',
      severity: 'error',
      from: { path: '^src/trail/log-files/' },
      to: { path: '^src/trail/(files|digests|elasticsearch)/' },
    },
    {
      name: 'log-files-have-one-interface',
      comment:
        'The files of src/trail/log-files are its interface; its folders (stores, unwrap) can change without other changes.',
      severity: 'error',
      from: { path: '^(src|test)/', pathNot: '^src/trail/log-files/' },
      to: { path: '^src/trail/log-files/[^/]+/' },
    },
    {
      name: 'files-engine-stands-alone',
      comment:
        'ingest and digest files read log files through src/trail/log-files, so that the counting of the files engine can change alone.',
      severity: 'error',
      from: { path: '^src/(ingest|trail/(digests|elasticsearch))/' },
      to: { path: '^src/trail/files/' },
    },
    {
      name: 'no-cycle',
      comment: 'Files that import each other can only be understood, moved and tested together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment:
        'Nothing imports this file and it imports nothing: it is no longer used, or a test does not name it.',
      severity: 'error',
      // Types of a script, which the compiler finds beside it.
      from: { orphan: true, pathNot: '([.]test[.]ts|[.]d[.]mts)$' },
      to: {},
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'The package has no test/ and no bench/: what the product needs of them belongs to src/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-development-package-in-the-product',
      comment: 'Users install dependencies only: src/ would not run with what is in devDependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'reference-stands-alone',
      comment: 'A reference that shares code with what it is compared to repeats its mistakes.',
      severity: 'error',
      from: { path: '^test/support/.*reference[.]ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'unit-tests-need-nothing',
      comment:
        'A unit test runs without a server, a browser and a compiled command (TESTING.md): name the file *.elasticsearch.test.ts, *.browser.test.ts or *.slow.test.ts.',
      severity: 'error',
      from: { path: '[.]test[.]ts$', pathNot: '[.](elasticsearch|browser|slow)[.]test[.]ts$' },
      to: {
        path: '^test/(support/(compiled-cli|compile-source|tls/.*|elasticsearch/(server|fault-proxy|index-demo))|site/browser)[.]ts$',
        reachable: true,
      },
    },
    {
      name: 'no-missing-file',
      comment: 'The import names no file or package.',
      severity: 'error',
      from: {},
      // Benchmarks import the compiled product, which exists after a build.
      to: { couldNotResolve: true, pathNot: '(^|/)dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type imports count too: they couple files like other imports.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
