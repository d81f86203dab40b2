/** A text that comes from elsewhere without what would move the cursor or change the terminal: only line ends and tabs. */
export const printable = (text: string) => text.replace(/(?![\n\t])\p{Cc}/gu, '�');
