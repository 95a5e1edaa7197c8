import type { Readable } from 'node:stream';

/** Reads the lines of a worker's output stream, and knows when an event's part of it has been read whole. */
export interface LogLines {
  /** Resolves when the end mark of that event was read, or the stream ended. */
  ended(requestId: string): Promise<void>;
}

/** Splits a stream into lines; a line that starts with a zero byte is the bootstrap's end mark and not passed on. */
export function readLogLines(stream: Readable, onLine: (line: string) => void): LogLines {
  const reached = new Set<string>();
  const waiting = new Map<string, () => void>();
  let rest = '';
  let over = false;

  const take = (line: string): void => {
    const mark = line.indexOf('\0');
    if (mark < 0) {
      onLine(line);
      return;
    }
    // The function's last words may lack a line end; the mark then stands behind them.
    if (mark > 0) onLine(line.slice(0, mark));
    const requestId = line.slice(mark + 1);
    const resolve = waiting.get(requestId);
    if (resolve === undefined) reached.add(requestId);
    else resolve();
  };

  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  stream.on('close', () => {
    if (rest !== '') take(rest);
    over = true;
    for (const resolve of waiting.values()) resolve();
  });

  return {
    async ended(requestId) {
      if (over || reached.delete(requestId)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(requestId, resolve);
      await promise;
      waiting.delete(requestId);
    },
  };
}
