import type { OutputFolder, ReportWriter } from '../types.js';
import { policyFiles } from './files.js';

/** Writes policies/<accountId>/…: each file is a document for `aws iam put-user-policy --policy-document file://…`. */
export function createPoliciesWriter(): ReportWriter {
  let folder: OutputFolder;
  return {
    begin: (_head, out) => {
      folder = out;
      return Promise.resolve();
    },
    principal: async (principal) => {
      for (const { path, policy } of policyFiles(principal)) {
        await folder.writeFile(path, `${JSON.stringify(policy.document, null, 2)}\n`);
      }
    },
    assumption: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}
