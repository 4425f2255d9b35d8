export const samplePolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Allow\\u0020Topic",
      "Effect": "Allow",
      "Principal": { "Service": "sns.amazonaws.com" },
      "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"],
      "Resource": "arn:aws:sqs:us-east-1:111122223333:orders",
      "Condition": {
        "ArnLike": { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:*" },
        "NumericLessThan": { "kms:GrantOperations": [1, -2.5e3, 0] },
        "Bool": { "aws:SecureTransport": true },
        "Null": { "aws:TokenIssueTime": null }
      }
    }
  ]
}
`;

export const samplePolicyInYaml = `# who may send
Version: "2012-10-17"
Statement:
  - Sid: AllowTopic
    Effect: Allow
    Principal: { Service: sns.amazonaws.com, AWS: "*" }
    Action: [sqs:SendMessage, 'sqs:Get*']
    Resource: &queue arn:aws:sqs:us-east-1:111122223333:orders
    Condition:
      ArnLike: { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:*" }
      StringEquals:
        aws:username: "\${aws:username}"
        aws:PrincipalTag/team: |
          blue
  - Resource: *queue
    Effect: Deny
`;
