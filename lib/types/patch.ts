/** An apply_patch text, taken apart. */

export interface PatchFile {
  readonly op: 'add' | 'update' | 'delete';
  /** As written: relative to the call's directory, or absolute. */
  readonly path: string;
  readonly moveTo?: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export type Patch =
  | { readonly ok: true; readonly files: readonly PatchFile[] }
  /** `files` holds what could be read before the error. */
  | { readonly ok: false; readonly error: string; readonly files: readonly PatchFile[] };
