/** Number of users and roles. */
export const PRINCIPALS = 1000;

/** By call: source, name, and contents. Parameter types change from call to call, as in real trails. */
export const CALLS = [
  [
    'ec2',
    'DescribeInstances',
    ({ below, hex, pick }) => ({
      requestParameters: {
        instancesSet:
          below(2) === 0
            ? {}
            : { items: Array.from({ length: 1 + below(8) }, () => ({ instanceId: `i-0${hex(16)}` })) },
        filterSet: {
          items: [
            {
              name: 'tag:Name',
              valueSet: { items: [{ value: `node-${below(500)}` }, { value: pick(['*', 'api']) }] },
            },
          ],
        },
        maxResults: below(1000),
      },
    }),
  ],
  [
    'ec2',
    'DescribeNetworkInterfaces',
    ({ hex, below }) => ({
      requestParameters: {
        networkInterfaceIdSet: {},
        filterSet: { items: [{ name: 'group-id', valueSet: { items: [{ value: `sg-0${hex(16)}` }] } }] },
        maxResults: String(below(500)),
      },
    }),
  ],
  [
    'ec2',
    'RunInstances',
    ({ hex, below }) => ({
      requestParameters: {
        instancesSet: {
          items: [{ imageId: `ami-0${hex(16)}`, minCount: 1, maxCount: 1 + below(4), keyName: 'ops' }],
        },
        userData: '<sensitiveDataRemoved>',
        instanceType: 'm7g.large',
        blockDeviceMapping: {},
        monitoring: { enabled: false },
        networkInterfaceSet: {
          items: [{ deviceIndex: 0, subnetId: `subnet-0${hex(16)}`, associatePublicIpAddress: false }],
        },
        tagSpecificationSet: {
          items: [
            {
              resourceType: 'instance',
              tags: [
                { key: 'Name', value: `node-${below(500)}` },
                { key: 'note', value: 'quoted "text" and a \\ and \u00fcmlaut' },
              ],
            },
          ],
        },
      },
      responseElements: {
        requestId: hex(32),
        reservationId: `r-0${hex(16)}`,
        groupSet: {},
        instancesSet: {
          items: [
            {
              instanceId: `i-0${hex(16)}`,
              instanceState: { code: 0, name: 'pending' },
              privateDnsName: `ip-10-0-${below(256)}-${below(256)}.ec2.internal`,
              placement: { availabilityZone: 'us-east-1a', tenancy: 'default' },
              architecture: 'arm64',
              cpuOptions: { coreCount: 2, threadsPerCore: 1 },
            },
          ],
        },
      },
    }),
  ],
  [
    's3',
    'GetObject',
    ({ below, hex, uuid }, who) => ({
      requestParameters: {
        bucketName: `data-${below(40)}`,
        Host: `data-${below(40)}.s3.us-east-1.amazonaws.com`,
        key: `year=2026/month=08/part-${hex(20)}.parquet`,
        'response-content-type': null,
      },
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': `${hex(60)}=`,
        bytesTransferredOut: below(1e6),
      },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::data-${below(40)}/part-${uuid()}.parquet` },
        { accountId: who.account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::data-${below(40)}` },
      ],
      managementEvent: false,
      eventCategory: 'Data',
    }),
  ],
  [
    's3',
    'GetBucketLocation',
    ({ below, hex }) => ({
      requestParameters: { bucketName: `data-${below(40)}`, Host: 's3.amazonaws.com', location: '' },
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        'x-amz-id-2': `${hex(60)}=`,
      },
    }),
  ],
  [
    'kms',
    'Decrypt',
    ({ below, hex, uuid }, who) => ({
      requestParameters: {
        encryptionContext: {
          'aws:s3:arn': `arn:aws:s3:::data-${below(40)}`,
          PARAMETER_ARN: `arn:aws:ssm:us-east-1:${who.account}:parameter/app/${below(90)}`,
        },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      resources: [
        {
          accountId: who.account,
          type: 'AWS::KMS::Key',
          ARN: `arn:aws:kms:us-east-1:${who.account}:key/0a1b2c3d-0000-4000-8000-00000000${1000 + below(30)}`,
        },
      ],
      additionalEventData: { keyMaterialId: hex(64), keyRotation: below(2) === 0 ? uuid() : [below(9)] },
    }),
  ],
  [
    'ssm',
    'GetParameter',
    ({ below }) => ({
      requestParameters: { name: `/app/${below(90)}/secret`, withDecryption: below(2) === 0 ? true : 'true' },
    }),
  ],
  [
    'ssm',
    'UpdateInstanceInformation',
    ({ hex, below }) => ({
      requestParameters: {
        instanceId: `i-0${hex(16)}`,
        agentVersion: '3.3.2746.0',
        agentStatus: 'Active',
        platformType: 'Linux',
        platformName: 'Amazon Linux',
        platformVersion: '2023',
        iPAddress: `10.0.${below(256)}.${below(256)}`,
        computerName: `ip-10-0-${below(256)}.ec2.internal`,
        availabilityZone: 'us-east-1a',
      },
    }),
  ],
  [
    'logs',
    'CreateLogStream',
    ({ below, hex }) => ({
      requestParameters: {
        logGroupName: `/aws/lambda/fn-${below(120)}`,
        logStreamName: `2026/08/01/[$LATEST]${hex(32)}`,
      },
    }),
  ],
  ['dynamodb', 'DescribeTable', ({ below }) => ({ requestParameters: { tableName: `orders-${below(25)}` } })],
  [
    'dynamodb',
    'UpdateTable',
    ({ below }, who) => ({
      requestParameters: {
        tableName: `orders-${below(25)}`,
        provisionedThroughput: { readCapacityUnits: below(100), writeCapacityUnits: below(1e3) / 7 },
      },
      responseElements: {
        tableDescription: {
          tableName: `orders-${below(25)}`,
          tableStatus: 'UPDATING',
          creationDateTime: 'Jul 1, 2026, 8:00:00 AM',
          keySchema: [
            { attributeName: 'id', keyType: 'HASH' },
            { attributeName: 'at', keyType: 'RANGE' },
          ],
          attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
          itemCount: below(1e9),
          tableArn: `arn:aws:dynamodb:us-east-1:${who.account}:table/orders-${below(25)}`,
        },
      },
    }),
  ],
  [
    'iam',
    'GetRole',
    ({ below }) => ({ requestParameters: { roleName: `service-role-${below(PRINCIPALS)}` } }),
  ],
  [
    'iam',
    'ListAttachedRolePolicies',
    ({ below }) => ({
      requestParameters: {
        roleName: `service-role-${below(PRINCIPALS)}`,
        maxItems: below(3) === 0 ? null : below(100),
      },
    }),
  ],
  ['sts', 'GetCallerIdentity', () => ({})],
  [
    'secretsmanager',
    'GetSecretValue',
    ({ below }) => ({ requestParameters: { secretId: `prod/db-${below(60)}` } }),
  ],
  [
    'ecr',
    'BatchGetImage',
    ({ below, hex }, who) => ({
      requestParameters: {
        imageIds: [{ imageDigest: `sha256:${hex(64)}` }],
        repositoryName: `app-${below(50)}`,
        registryId: who.account,
        acceptedMediaTypes: [
          'application/vnd.oci.image.index.v1+json',
          'application/vnd.docker.distribution.manifest.v2+json',
          '*/*',
        ],
      },
      resources: [
        { accountId: who.account, ARN: `arn:aws:ecr:us-east-1:${who.account}:repository/app-${below(50)}` },
      ],
    }),
  ],
  [
    'lambda',
    'GetFunction20150331v2',
    ({ below }) => ({ requestParameters: { functionName: `fn-${below(120)}` } }),
  ],
  [
    'monitoring',
    'DescribeAlarms',
    ({ below }) => ({
      requestParameters: {
        alarmNames: Array.from({ length: below(6) }, (_, i) => `alarm-${i}`),
        maxRecords: below(100),
      },
    }),
  ],
  [
    'autoscaling',
    'DescribeAutoScalingGroups',
    ({ below }) => ({
      requestParameters: { autoScalingGroupNames: [`asg-${below(60)}`], maxRecords: below(100), filters: [] },
    }),
  ],
  [
    'elasticloadbalancing',
    'DescribeTargetHealth',
    ({ hex }, who) => ({
      requestParameters: {
        targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:${who.account}:targetgroup/api/${hex(16)}`,
      },
    }),
  ],
];
