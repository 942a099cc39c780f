package io.phonein.ui.newkey

import androidx.compose.ui.graphics.vector.ImageVector
import io.phonein.core.KeyCategory
import io.phonein.ui.theme.Icons

/** What stands for the category. */
val KeyCategory.icon: ImageVector
    get() =
        when (this) {
            KeyCategory.FRIEND -> Icons.Friend
            KeyCategory.CUSTOMER -> Icons.Customer
            KeyCategory.SERVICES -> Icons.Services
            KeyCategory.EVENT -> Icons.Event
            KeyCategory.DELIVERY -> Icons.Delivery
            KeyCategory.RENTER -> Icons.Renter
            KeyCategory.EMPLOYEE -> Icons.Employee
        }
