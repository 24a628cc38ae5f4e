import type { EncoderEntry, EncoderPlaces, EncoderRef, ImportEncoder, KeepEncoder } from './encoders';
import { request1 } from './request';

/** What the host asks of the engine about encoders. */
export const encoderRequests = {
  encoders: request1<EncoderPlaces, readonly EncoderEntry[]>('encoders'),
  keepEncoder: request1<KeepEncoder, EncoderEntry>('keepEncoder'),
  importEncoder: request1<ImportEncoder, EncoderEntry>('importEncoder'),
  exportEncoder: request1<EncoderRef & { readonly to: string }, null>('exportEncoder'),
  renameEncoder: request1<EncoderRef & { readonly name: string }, EncoderEntry>('renameEncoder'),
  removeEncoder: request1<EncoderRef, null>('removeEncoder'),
} as const;
