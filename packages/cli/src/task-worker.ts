// The file that threads for tasks are started on.
import '@qntk/study/worker/node';
