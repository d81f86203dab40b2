import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApiError, invalid } from './api-error.js';
import type { ErrorForm } from './error-form.js';

/** How long the rest of a request that cannot be read is let in: closing on it would take the answer from the client. */
const LINGER_MS = 5_000;

/** What the HTTP parser refuses, by its code; null: the connection itself has failed and nobody reads an answer. */
function asApiError(code: string | undefined): ApiError | null {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ApiError(
      'head-too-large',
      `The URL and the headers are too large, expected at most ${maxHeaderSize} bytes together`,
    );
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ApiError('request-timeout', 'The headers did not come in time, expected them within 60 s');
  }
  if (code?.startsWith('HPE_')) return invalid('The request cannot be read, expected a well-formed HTTP request');
  return null;
}

/** Answers, in the form of all errors, requests that end before there is one to route. */
export function answerClientErrors(form: ErrorForm): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return ({ code }, socket) => {
    // The rest of a request that was answered is refused again, piece by piece.
    if (socket.writableEnded) return;
    const error = asApiError(code);
    if (!error || !socket.writable) return void socket.destroy();
    const answer = form(error, null)!;
    const body = JSON.stringify(answer.body);
    const head = [
      `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(linger));
  };
}
