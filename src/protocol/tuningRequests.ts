import type { EncoderEntry, EncoderPlaces, EncoderRef, ImportEncoder, KeepEncoder } from './encoders';
import type {
  LabelOverview,
  LabelOverviewParams,
  PlanAnswer,
  PlanParams,
  SetLabelAnswer,
  SetLabelParams,
} from './labels';
import { request1 } from './request';

/** What the host asks of the engine about labels and encoders. */
export const tuningRequests = {
  /** What labels there are, by where they come from. */
  labels: request1<LabelOverviewParams, LabelOverview>('labels'),
  setLabel: request1<SetLabelParams, SetLabelAnswer>('setLabel'),
  /** Writes the plan of a fine-tuning. */
  planTuning: request1<PlanParams, PlanAnswer>('planTuning'),
  encoders: request1<EncoderPlaces, readonly EncoderEntry[]>('encoders'),
  keepEncoder: request1<KeepEncoder, EncoderEntry>('keepEncoder'),
  importEncoder: request1<ImportEncoder, EncoderEntry>('importEncoder'),
  exportEncoder: request1<EncoderRef & { readonly to: string }, null>('exportEncoder'),
  renameEncoder: request1<EncoderRef & { readonly name: string }, EncoderEntry>('renameEncoder'),
  removeEncoder: request1<EncoderRef, null>('removeEncoder'),
} as const;
