import { partitionOf } from '../catalogue/partitions.js';

/**
 * The Regions that every account has. All later ones, since March 2019, are opt-in, so the list does not grow.
 * Page: AWS Account Management Guide, Enable or disable AWS Regions in your account.
 */
const ENABLED_BY_DEFAULT: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
]);

/**
 * The name under which SNS writes to a queue: from an opt-in Region to another Region it carries the topic's Region.
 * Page: SNS Developer Guide, Cross-region deliveries. Rule: SNS-OPT-IN-REGION-HAS-A-NAME
 */
export function snsPrincipal(topicRegion: string, queueRegion: string | undefined): string {
  const crosses = queueRegion !== undefined && queueRegion !== topicRegion;
  const optIn = partitionOf(topicRegion) === 'aws' && !ENABLED_BY_DEFAULT.has(topicRegion);
  return crosses && optIn ? `sns.${topicRegion}.amazonaws.com` : 'sns.amazonaws.com';
}
