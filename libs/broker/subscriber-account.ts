import type { SubscriberKey } from './nats-user.js';

/** Domain of JetStream under which subscribers find the streams; the account itself has no JetStream. */
export const SUBSCRIBER_DOMAIN = 'daybook';

/** What subscribers may read. */
export const SUBSCRIBER_STREAMS = ['DAYBOOK', 'DAYBOOK_FEED'];

/** What subscribers may ask of JetStream, of the consumer `consumer` alone; `*` stands for all of theirs. */
const requests = (consumer: string) => [
  'INFO',
  ...SUBSCRIBER_STREAMS.flatMap((stream) => [
    `STREAM.INFO.${stream}`,
    `STREAM.MSG.GET.${stream}`,
    `CONSUMER.INFO.${stream}.${consumer}`,
    `CONSUMER.MSG.NEXT.${stream}.${consumer}`,
  ]),
];

/** Acknowledgements, in both forms in which nats-server asks for them. */
const acks = (consumer: string) =>
  SUBSCRIBER_STREAMS.flatMap((stream) => [`$JS.ACK.${stream}.${consumer}.>`, `$JS.ACK.*.*.${stream}.${consumer}.>`]);

/** What Daybook's own account offers to those of subscribers, as nats-server reads it. */
export function subscriberExports(): string {
  const asked = requests('*').map((subject) => ({ service: `$JS.API.${subject}`, response_type: 'stream' }));
  return JSON.stringify([...asked, ...acks('*').map((service) => ({ service }))]);
}

/**
 * The account of a subscriber, a line of the configuration. It has nothing but what it takes from the account `of`, so
 * that an answer cannot be sent where the asker must not publish: nats-server does not look at where to.
 */
export function subscriberAccount({ subscriber, publicKey }: SubscriberKey, of: string): string {
  const asked = requests(subscriber).map((subject) => ({
    service: { account: of, subject: `$JS.API.${subject}` },
    to: `$JS.${SUBSCRIBER_DOMAIN}.API.${subject}`,
  }));
  const acknowledged = acks(subscriber).map((subject) => ({ service: { account: of, subject } }));
  const account = { users: [{ nkey: publicKey }], imports: [...asked, ...acknowledged] };
  return `${JSON.stringify(`subscriber-${subscriber}`)}: ${JSON.stringify(account)}`;
}
