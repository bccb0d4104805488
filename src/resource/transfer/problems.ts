import { problemType } from '../../problems/problem';

export const invalidFile = problemType('invalid_file', 422, 'Invalid file');
export const fileTooLarge = problemType('file_too_large', 413, 'File too large');
