/** No occurrence is later than this, 9999-12-31T23:59:59.999Z. */
export const LAST_INSTANT_MS = 253_402_300_799_999;

/** Longer texts are refused unread. */
export const MAX_TEXT_LENGTH = 1000;
