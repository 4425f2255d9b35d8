/** An error as a caller of AWS sees it. */
export interface AwsError {
  /** The code that SDKs and the command line print: `KMS.AccessDeniedException`. */
  readonly code: string;
  /** The `__type` of the JSON protocol, where the service has one. */
  readonly shape?: string;
  readonly http: number;
  readonly message: string;
  /** What some services say beside the message, under their own names: `ArgumentValue1` of S3. */
  readonly details?: Readonly<Record<string, string>>;
  /** Which service answers, and to which operation: `sqs`, `ReceiveMessage`. */
  readonly service: string;
  readonly operation: string;
  /** The error behind it, when a service reports another service's refusal in words of its own. */
  readonly cause?: AwsError;
}

/** As the AWS command line prints it. */
export function asPrinted(error: AwsError): string {
  return `An error occurred (${error.code}) when calling the ${error.operation} operation: ${error.message}`;
}

/** A made-up request id that repeats exactly with the replay. */
export function requestId(serial: number): string {
  const hex = (value: number, length: number): string =>
    (value >>> 0).toString(16).padStart(length, '0').slice(-length);
  const mixed = Math.imul(serial + 1, 0x9e3779b1);
  return `${hex(mixed, 8)}-${hex(serial, 4)}-4000-8000-${hex(mixed ^ 0x5bd1e995, 8)}${hex(serial, 4)}`;
}
