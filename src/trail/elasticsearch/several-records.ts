import { TrailError } from '../errors.js';

/** For an index whose documents are complete log files. */
export function severalRecords(where: string, list: string): TrailError {
  return new TrailError(
    `A document of ${where} holds several records, in the list ${list}, and Elasticsearch does not tell them apart. ` +
      'Index each record as a document: with expand_event_list_from_field: Records in the aws-s3 input of Filebeat or in ' +
      'Elastic Serverless Forwarder, with the split filter of Logstash, or with cloudtracker ingest.',
  );
}
