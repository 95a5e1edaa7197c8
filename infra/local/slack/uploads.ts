import { Hono } from 'hono';
import { imageType } from './file-store.ts';
import type { SlackState } from './state.ts';

/** Where files are uploaded to (`/upload/:id`) and seen (`/files/:id/:name`). */
export function uploads(state: SlackState): Hono {
  const app = new Hono();

  app.post('/upload/:id', async (c) => {
    const file = state.files.get(c.req.param('id'));
    if (file === undefined || file.completed) return c.text('no such upload', 404);
    const bytes = await readUpload(c.req.raw);
    if (bytes.byteLength !== file.length)
      return c.text(`${file.length} bytes were announced, not ${bytes.byteLength}`, 400);
    state.files.save({ ...file, bytes });
    return c.text(`OK - ${bytes.byteLength}`);
  });

  app.get('/files/:id/:name', (c) => {
    const file = state.files.get(c.req.param('id'));
    if (file?.bytes === undefined) return c.text('no such file', 404);
    // Anything but an image is handed over as a download, so that nothing uploaded can run on this page's address.
    const type = imageType(file.name) ?? 'application/octet-stream';
    return c.body(file.bytes, 200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  });

  return app;
}

/** The bytes of an upload: the body itself, or the one file (or text) of a form. */
async function readUpload(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) {
    return new Uint8Array(await request.arrayBuffer());
  }
  const [part] = [...(await request.formData()).values()];
  return typeof part === 'string' || part === undefined
    ? new TextEncoder().encode(part ?? '')
    : new Uint8Array(await part.arrayBuffer());
}
