/** What menus and keys can ask of the active recording: commands of these names below `kindred.recording`. */
export const recordingActions = [
  'findSimilar',
  'setLabel',
  'next',
  'previous',
  'nextSequence',
  'previousSequence',
  'showReading',
  'reveal',
  'openAsText',
] as const;
export type RecordingAction = (typeof recordingActions)[number];
