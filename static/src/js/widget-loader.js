window.laurel = KINDS;
