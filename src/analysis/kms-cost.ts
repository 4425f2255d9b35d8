/** What AWS's estimate asks for. Periods are in seconds, producers and consumers are requesters, not instances. */
export interface KmsCostInput {
  /** The billing period: 2,678,400 for a month of 31 days. */
  readonly billingSeconds: number;
  /** `KmsDataKeyReusePeriodSeconds` of the queue, 60 to 86,400; 300 for the key of an SNS topic. */
  readonly reusePeriodSeconds: number;
  /** Principals that send; a service that delivers counts as one. */
  readonly producers: number;
  /** Principals that receive; 0 for a topic. */
  readonly consumers: number;
}

/**
 * About how many requests one queue makes to KMS in a billing period, by AWS's formula R = B / D * (2 * P + C), for
 * requesters that are always busy. SQS is distributed and may ask more often. The quotient is not rounded; a reuse
 * period of 0 gives no finite number. Page: SQS Developer Guide, Key management. Rule: SQS-COST-FORMULA
 */
export function kmsRequestsByFormula(input: KmsCostInput): number {
  const { billingSeconds, reusePeriodSeconds, producers, consumers } = input;
  // Multiplied first: the examples of the guide come out as whole numbers without rounding.
  return (billingSeconds * (2 * producers + consumers)) / reusePeriodSeconds;
}
