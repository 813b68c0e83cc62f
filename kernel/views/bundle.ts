/** MIME bundles: data for the views, and fallbacks that read well where nobody draws them. Nothing in the text is obeyed by a terminal. */

import type { EvomMimeTypes } from '../spec/mime.ts';
import type { Json, JsonObject } from '../wire/message.ts';
import { printable } from './text/plain.ts';

/** As Jupyter's `data`: a value for each MIME type. */
export type Bundle = JsonObject;

/** For who has no view: one of HTML and picture, or neither, and always text. A front end prefers HTML to a picture. */
export interface Fallbacks {
  readonly html?: string;
  /** PNG. */
  readonly picture?: Uint8Array;
  readonly plain: string;
}

export function bundle(data: Partial<EvomMimeTypes>, { html, picture, plain }: Fallbacks): Bundle {
  return {
    ...(data as { readonly [type: string]: Json }),
    ...(html !== undefined && { 'text/html': html }),
    ...(picture !== undefined && { 'image/png': Buffer.from(picture).toString('base64') }),
    'text/plain': printable(plain),
  };
}
