import { serve } from '../thread/serve';
import { readByLibrary } from './read';

/** The entry of the thread that holds the Arrow library. */
serve(readByLibrary);
