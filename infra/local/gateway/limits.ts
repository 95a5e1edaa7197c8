/** What API Gateway takes at most: docs.aws.amazon.com/apigateway/latest/developerguide/limits.html. */
export const bodyLimitBytes = 10 * 1_024 * 1_024;

/** What it says above that: plain text from its edge, which no gateway response changes. */
export const bodyLimitMessage = `HTTP content length exceeded ${bodyLimitBytes} bytes.`;
