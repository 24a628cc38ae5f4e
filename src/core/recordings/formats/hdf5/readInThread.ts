import { LibraryThread } from '../thread/watched';

/** The one thread of the HDF5 library. */
export const hdf5Thread = new LibraryThread('hdf5.cjs', 'HDF5');
