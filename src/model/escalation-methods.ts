/** A way to more permissions; all of its actions must be granted. */
export interface EscalationMethod {
  readonly name: string;
  readonly actions: readonly string[];
}

const alone = (action: string): EscalationMethod => ({ name: action.slice(4), actions: [action] });
const passing = (name: string, ...actions: readonly string[]): EscalationMethod => ({
  name: `PassRole to ${name}`,
  actions: ['iam:PassRole', ...actions],
});

/**
 * Privilege escalation. Source: Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation"
 * (github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation), and the same methods through services added later, by the
 * roles that AWS documents these services to take (IAM User Guide: Grant a user permissions to pass a role).
 */
export const ESCALATION_METHODS: readonly EscalationMethod[] = [
  alone('iam:CreatePolicyVersion'),
  alone('iam:SetDefaultPolicyVersion'),
  alone('iam:CreateAccessKey'),
  alone('iam:CreateLoginProfile'),
  alone('iam:UpdateLoginProfile'),
  alone('iam:AttachUserPolicy'),
  alone('iam:AttachGroupPolicy'),
  alone('iam:PutUserPolicy'),
  alone('iam:PutGroupPolicy'),
  alone('iam:AddUserToGroup'),
  { name: 'AttachRolePolicy and AssumeRole', actions: ['iam:AttachRolePolicy', 'sts:AssumeRole'] },
  { name: 'PutRolePolicy and AssumeRole', actions: ['iam:PutRolePolicy', 'sts:AssumeRole'] },
  {
    name: 'UpdateAssumeRolePolicy and AssumeRole',
    actions: ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'],
  },
  passing('a new EC2 instance', 'ec2:RunInstances'),
  passing('a new Lambda function, invoked', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passing(
    'a new Lambda function, run by an event source',
    'lambda:CreateFunction',
    'lambda:CreateEventSourceMapping',
  ),
  passing('a new Lambda function, opened to others', 'lambda:CreateFunction', 'lambda:AddPermission'),
  { name: 'Change the code of a Lambda function', actions: ['lambda:UpdateFunctionCode'] },
  { name: 'Change the layers of a Lambda function', actions: ['lambda:UpdateFunctionConfiguration'] },
  passing('a new Glue development endpoint', 'glue:CreateDevEndpoint'),
  { name: 'Change the keys of a Glue development endpoint', actions: ['glue:UpdateDevEndpoint'] },
  passing('a new Glue job', 'glue:CreateJob', 'glue:StartJobRun'),
  passing('a changed Glue job', 'glue:UpdateJob', 'glue:StartJobRun'),
  passing('a new CloudFormation stack', 'cloudformation:CreateStack'),
  passing(
    'a new data pipeline',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  passing(
    'a new SageMaker notebook',
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ),
  { name: 'Open a SageMaker notebook', actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'] },
  { name: 'Run commands on instances', actions: ['ssm:SendCommand'] },
  { name: 'Start a session on an instance', actions: ['ssm:StartSession'] },
  passing('a new ECS task', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('a new CodeBuild project', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  passing('a new App Runner service', 'apprunner:CreateService'),
];
