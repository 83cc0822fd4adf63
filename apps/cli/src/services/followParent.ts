/** Preloaded into every service process: when the `ritz` that started it is gone, however it went, the service ends too. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
