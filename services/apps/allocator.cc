// How jemalloc gives memory back, read by it when the process starts: what was
// freed goes back to the system within some seconds, on a thread of its own, so that
// imports leave nothing behind, but take again what they freed just now. Without jemalloc this is a string.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:5000,muzzy_decay_ms:0";
}
