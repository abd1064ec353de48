"""Where posts come from: files of posts, exports, and the simulator."""
