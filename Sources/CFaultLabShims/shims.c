#include "CFaultLabShims.h"
