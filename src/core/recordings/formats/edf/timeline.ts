/** Records that follow one another without a gap. */
export interface Run {
  readonly firstRecord: number;
  readonly records: number;
  /** The step of the recording at which it begins. */
  readonly start: number;
}

export interface Timeline {
  readonly runs: readonly Run[];
  /** Steps of the whole recording, with its gaps. */
  readonly steps: number;
  /** Steps of the gaps. */
  readonly missing: number;
  /** Whether some records are said to begin before the one before them ends; these follow it directly. */
  readonly overlaps: boolean;
}

/** The timeline of records without gaps. */
export function continuous(records: number, stepsPerRecord: number): Timeline {
  const runs = [{ firstRecord: 0, records, start: 0 }];
  return { runs, steps: records * stepsPerRecord, missing: 0, overlaps: false };
}

/**
 * Places data records by their onsets; one without an onset follows the record before it.
 * @param onsets seconds, NaN where not given
 * @param recordSeconds the length of a record
 */
export function placed(onsets: Float64Array, recordSeconds: number, stepsPerRecord: number): Timeline {
  const runs: Run[] = [];
  const origin = onsets[0] ?? NaN;
  let end = 0;
  let missing = 0;
  let overlaps = false;
  let run = { firstRecord: 0, records: 0, start: 0 };
  onsets.forEach((onset, record) => {
    const wanted = Math.round(((onset - origin) / recordSeconds) * stepsPerRecord);
    const gap = wanted - end;
    overlaps ||= gap < 0;
    if (gap > 0) {
      if (run.records > 0) runs.push(run);
      missing += gap;
      run = { firstRecord: record, records: 0, start: wanted };
      end = wanted;
    }
    run = { ...run, records: run.records + 1 };
    end += stepsPerRecord;
  });
  return { runs: [...runs, run], steps: end, missing, overlaps };
}
