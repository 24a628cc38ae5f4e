import { serve } from '../thread/serve';
import { readByLibrary } from './read';

/** The entry of the thread that holds the MP3 decoder. */
serve(readByLibrary);
