// Decides under --expose-gc and prints how the heap grows, as JSON: `node --expose-gc test/hostile/heap-growth.mjs`.
import { importBundled } from '../../scripts/import-bundled.mjs';

const { authorize, contextFrom, decide, parsePolicy, readCaller } = await importBundled('src/index.ts');

const policy = (type, statement) =>
  parsePolicy(
    { name: `${type}.json`, text: JSON.stringify({ Version: '2012-10-17', Statement: statement }) },
    type,
  ).value;

const caller = readCaller('arn:aws:iam::111122223333:user/ann', {});
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:';

const policies = {
  identity: [
    policy('identity', [
      { Effect: 'Allow', Action: ['sqs:Send*', 'my:*'], Resource: `${QUEUE}\${aws:PrincipalTag/team}-*` },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          StringLike: { 'aws:UserAgent': 'evil*' },
          NumericGreaterThan: { 'my:count': '100' },
          IpAddress: { 'aws:SourceIp': '198.51.100.0/24' },
          DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:news' },
        },
      },
    ]),
  ],
  resource: 'none',
  permissionsBoundary: 'none',
  session: 'none',
  scp: 'none',
  rcp: 'none',
  vpcEndpoint: 'none',
  grants: 'none',
};

/** Every text of the request differs from that of most others. */
function ask(number) {
  const resource = { arn: `${QUEUE}${number % 7 === 0 ? 'blue' : 'red'}-${number}`, account: '111122223333' };
  const context = contextFrom([
    ['aws:PrincipalTag/team', 'red'],
    ['aws:UserAgent', `evil ${number}`],
    ['my:count', String(1000 + number)],
    ['aws:SourceIp', `198.51.100.${number % 250}`],
    ['aws:CurrentTime', String(1_600_000_000 + number)],
    ['aws:SourceArn', `arn:aws:sns:us-east-1:111122223333:news${number % 3 === 0 ? '' : number}`],
  ]);
  return authorize({ caller, action: `my:Do${number}`, resource, context }, policies).decision;
}

function heap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const line = (number) => ({
  request: {
    principal: `arn:aws:iam::111122223333:user/u${number}`,
    action: `my:Do${number}`,
    resource: `${QUEUE}${number}`,
    context: { [`my:key${number}`]: `value ${number}` },
  },
  identity: [
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: `my:Do${number}`,
        Resource: `${QUEUE}*`,
        Condition: { StringEquals: { [`my:key${number}`]: `value ${number}` } },
      },
    },
  ],
});

const counts = { allowed: 0, implicitDeny: 0, explicitDeny: 0, undetermined: 0, invalid: 0 };

for (let number = 0; number < 10_000; number += 1) ask(number);
for (let number = 0; number < 2000; number += 1) decide(line(number));
const before = heap();
for (let number = 0; number < 1_000_000; number += 1) counts[ask(number % 200_000)] += 1;
const afterDecisions = heap();
for (let number = 0; number < 20_000; number += 1) counts[decide(line(1_000_000 + number)).decision] += 1;
const afterLines = heap();

process.stdout.write(`${JSON.stringify({ before, afterDecisions, afterLines, counts })}\n`);
