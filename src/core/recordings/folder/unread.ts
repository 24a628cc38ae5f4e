import { extensionOf } from '../names';

/** Formats of recordings that are not read: the name that people know, and what to do instead. */
const formats: readonly (readonly [extensions: string, name: string, instead: string])[] = [
  ['.xlsx .xls .xlsm .ods', 'spreadsheet workbooks', 'save the sheet as CSV'],
  ['.tdms', 'NI TDMS files', 'export them as CSV or HDF5'],
  ['.c3d', 'C3D motion captures', 'export them as CSV'],
  ['.wfm .isf .trc', 'waveforms of an oscilloscope', 'export them as CSV'],
  ['.sav .zsav', 'SPSS data', 'export them as CSV'],
  ['.dta', 'Stata data', 'export them as CSV'],
  ['.sas7bdat .xpt', 'SAS data', 'export them as CSV'],
  ['.rds .rdata .rda', 'data of R', 'save them with write.csv'],
  ['.pkl .pickle .joblib', 'pickled Python objects', 'save them with numpy.savez'],
  ['.pt .pth', 'PyTorch tensors', 'save them with numpy.savez'],
  ['.xdf .xdfz', 'XDF streams', 'export them as CSV or HDF5'],
  ['.poly5 .s00', 'TMSi Poly5 recordings', 'export them as EDF'],
  ['.mf4 .mdf', 'MDF measurements', 'export them as CSV, MAT or HDF5'],
  ['.acq', 'BIOPAC recordings', 'export them as MAT or CSV'],
  ['.adicht', 'LabChart recordings', 'export them as MAT or CSV'],
  ['.smr .smrx', 'Spike2 recordings', 'export them as MAT'],
  ['.cnt', 'EEG recordings of this kind', 'export them as EDF'],
  ['.fdt .set', 'EEGLAB data', 'export them as EDF or MAT'],
  ['.fif', 'MNE recordings', 'export them as EDF'],
  ['.bag .mcap .db3', 'ROS bags', 'export the topics as CSV'],
  ['.tcx .gpx', 'files of a sports watch', 'export them as CSV'],
  ['.orc .avro', 'ORC and Avro tables', 'save them as Parquet'],
  ['.opus .m4a .aac .wma', 'files of compressed sound', 'convert them to WAV or FLAC'],
  ['.au .snd .caf', 'sound files of this kind', 'convert them to WAV or FLAC'],
];

const reasons: ReadonlyMap<string, string> = new Map(
  formats.flatMap(([extensions, name, instead]) =>
    extensions.split(' ').map((extension) => [extension, `${name} are not read: ${instead}`] as const),
  ),
);

/** Why a file that looks like a recording is not read, as the end of "skipped, because ...", or `null`. */
export function unreadReason(path: string): string | null {
  return reasons.get(extensionOf(path)) ?? null;
}
