/** What an agent may be called. */
export const NODE_NAME = /^[\w.-]{1,255}$/;

/** A node's name as one token of a NATS subject: letters, digits, `_` and `-`, all else in percent signs. */
export function nodeToken(node: string): string {
  return encodeURIComponent(node.toWellFormed()).replace(
    /[.!~*'()]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** First tokens of the subjects that answers to a node's agent come to; those of others are out of its reach. */
export const agentInbox = (node: string) => inboxOf(nodeToken(node));

const inboxOf = (token: string) => `_INBOX_AGENT.${token}`;

/** All that the agent of a node may do on NATS, in the words of nats-server. */
export const agentPermissions = (node: string) => ({
  publish: `daybook.dispatch.${nodeToken(node)}.>`,
  subscribe: [`daybook.agent.${nodeToken(node)}.>`, `${agentInbox(node)}.>`],
  allow_responses: true,
});

/** `JoinRequest` → `JoinAnswer`, for agents on the server's own machine. */
export const JOIN_SUBJECT = 'daybook.join';

/** First token of the subjects that answers to a `JoinRequest` come to. */
export const JOIN_INBOX = '_INBOX_JOIN';

/** Subjects that an agent answers on; a request to each gets a reply. */
export const agentSubjects = (node: string) => ({
  /** `RunMessage[]` → `Accepted`. */
  runs: `daybook.agent.${nodeToken(node)}.runs`,
  /** `StopMessage[]` → `Accepted`. */
  stops: `daybook.agent.${nodeToken(node)}.stops`,
});

/** Subjects that the dispatcher answers on; `node` may be `*`, for all of them. */
export const dispatchSubjects = (node: string) => {
  const token = node === '*' ? '*' : nodeToken(node);
  return {
    /** `Hello` → `Welcome`. Sent when the agent starts, when it has reconnected, and as often as it was asked to. */
    hello: `daybook.dispatch.${token}.hello`,
    /** `Report[]` → `Confirmed`, once they are in the log. */
    reports: `daybook.dispatch.${token}.reports`,
    /** `FetchChunk` → the bytes, with the header `Daybook-Size` for the whole; no bytes and `Daybook-Missing` when unknown. */
    fetch: `daybook.dispatch.${token}.fetch`,
    /** Bytes of a large result with the headers of `StoreChunk` → `Stored`. */
    store: `daybook.dispatch.${token}.store`,
    /** `FactsMessage` → `FactsTaken`, once they are in the log. */
    facts: `daybook.dispatch.${token}.facts`,
  };
};

/** The node that sent a message on one of the dispatcher's subjects. */
export function nodeOf(subject: string): string {
  return decodeURIComponent(tokenOf(subject));
}

/** Whether a message on one of the dispatcher's subjects asks for an answer to the inbox of the node that sent it. */
export function isForSender(subject: string, reply: string | undefined): boolean {
  return reply?.startsWith(`${inboxOf(tokenOf(subject))}.`) === true;
}

const tokenOf = (subject: string) => subject.split('.')[2]!;
